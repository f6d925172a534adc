{{/* The secrets of a server as a list of (variable, secret, key): each is a file below /var/lib/mcp/keys. */}}
{{- define "mcp-server.secrets" -}}
{{- $values := .root.Values -}}
{{- $found := list -}}
{{- with $values.auth.apiKeys -}}
{{- if .secret }}{{ $found = append $found (dict "variable" "MCP_API_KEYS_FILE" "secret" .secret "key" .key) }}{{ end -}}
{{- end -}}
{{- with $values.audit -}}
{{- $found = append $found (dict "variable" "MCP_AUDIT_KEY_FILE" "secret" .keys.secret "key" "audit-signing.pem") -}}
{{- $found = append $found (dict "variable" "MCP_AUDIT_HMAC_KEY_FILE" "secret" .keys.secret "key" "audit-hmac.key") -}}
{{- with .database -}}
{{- if .secret }}{{ $found = append $found (dict "variable" "MCP_AUDIT_DATABASE_URL_FILE" "secret" .secret "key" .key) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- with $values.redis -}}
{{- if .secret }}{{ $found = append $found (dict "variable" "MCP_REDIS_URL_FILE" "secret" .secret "key" .key) }}{{ end -}}
{{- end -}}
{{- with $values.sealKeys -}}
{{- if .secret }}{{ $found = append $found (dict "variable" "MCP_SEAL_KEYS_FILE" "secret" .secret "key" .key) }}{{ end -}}
{{- end -}}
{{- with $values.tls -}}
{{- if .secret -}}
{{- $found = append $found (dict "variable" "MCP_TLS_CERT_FILE" "secret" .secret "key" "tls.crt") -}}
{{- $found = append $found (dict "variable" "MCP_TLS_KEY_FILE" "secret" .secret "key" "tls.key") -}}
{{- end -}}
{{- end -}}
{{- range .secrets -}}
{{- $reference := index $values .value -}}
{{- if $reference.secret -}}
{{- $variable := printf "%s_FILE" .variable -}}
{{- $found = append $found (dict "variable" $variable "secret" $reference.secret "key" $reference.key) -}}
{{- end -}}
{{- end -}}
{{ toJson $found }}
{{- end -}}

{{/* A value as text; numbers of YAML are floats to helm, which writes those of seven digits as 1e+06. */}}
{{- define "mcp-server.text" -}}
{{- if and (kindIs "float64" .) (eq . (floor .)) }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* Every setting by its variable. */}}
{{- define "mcp-server.environment" -}}
{{- $values := .root.Values -}}
MCP_AUDIT_DIR: /var/lib/mcp/audit
MCP_DRAIN_SECONDS: {{ $values.drainSeconds | quote }}
MCP_GRACE_SECONDS: {{ $values.graceSeconds | quote }}
METRICS_HOST: "0.0.0.0"
{{- with $values.publicUrl }}
MCP_PUBLIC_URL: {{ . | quote }}
{{- end }}
{{- with $values.auth.issuer }}
MCP_AUTH_ISSUER: {{ . | quote }}
{{- end }}
{{- if $values.policy.configMap }}
MCP_POLICY_FILE: /etc/mcp/{{ $values.policy.key }}
{{- end }}
{{- range include "mcp-server.secrets" . | fromJsonArray }}
{{ .variable }}: /var/lib/mcp/keys/{{ .variable }}
{{- end }}
{{- range $name, $setting := .settings }}
{{ $name }}: {{ $setting.value | quote }}
{{- end }}
{{- range $name, $value := $values.settings }}
{{ $name }}: {{ include "mcp-server.text" $value | quote }}
{{- end }}
{{- end -}}

{{- define "mcp-server.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
data:
  {{- include "mcp-server.environment" . | nindent 2 }}
{{- end -}}
