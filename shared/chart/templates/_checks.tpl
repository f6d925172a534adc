{{/* What a server would refuse to start with, or an operator regret, is refused before it is deployed: all at once. */}}
{{- define "mcp-server.checks" -}}
{{- $values := .root.Values -}}
{{- $faults := .faults | default list -}}
{{- if not $values.image.repository -}}
{{- $faults = append $faults "There is no image: set image.repository." -}}
{{- end -}}
{{- if not (or $values.publicUrl $values.settings.MCP_ALLOWED_HOSTS) -}}
{{- $faults = append $faults "The server must know its own name: set publicUrl to where clients reach it." -}}
{{- end -}}
{{- if and $values.publicUrl (not (regexMatch "^https?://[^/ @#]+(/[^ #]*)?$" $values.publicUrl)) -}}
{{- $faults = append $faults "publicUrl must be a URL such as https://db.example.org, without a user or fragment." -}}
{{- end -}}
{{- if not (or $values.auth.issuer $values.auth.apiKeys.secret) -}}
{{- $faults = append $faults "The server must know its callers: set auth.issuer (OAuth) or auth.apiKeys.secret." -}}
{{- end -}}
{{- if not $values.audit.keys.secret -}}
{{- $faults = append $faults "The audit log needs its keys: make them with `audit keygen DIR`, put the files into a Secret and set audit.keys.secret." -}}
{{- end -}}
{{- $places := list $values.audit.volume.size $values.audit.volume.existingClaim $values.audit.database.secret | compact -}}
{{- if empty $places -}}
{{- $faults = append $faults "The audit log must outlive the pod: set audit.volume.size, audit.volume.existingClaim or audit.database.secret." -}}
{{- end -}}
{{- if and $values.audit.volume.size $values.audit.volume.existingClaim -}}
{{- $faults = append $faults "Set audit.volume.size or audit.volume.existingClaim, not both." -}}
{{- end -}}
{{- if or (gt (int $values.replicas) 1) $values.autoscaling.enabled -}}
{{- if not $values.redis.secret -}}
{{- $faults = append $faults "Replicas count limits together: set redis.secret, or replicas to 1 and autoscaling.enabled to false." -}}
{{- end -}}
{{- if not $values.sealKeys.secret -}}
{{- $faults = append $faults "Replicas open each other's cursors: set sealKeys.secret, or replicas to 1 and autoscaling.enabled to false." -}}
{{- end -}}
{{- end -}}
{{- if and $values.autoscaling.enabled (gt (int $values.autoscaling.minReplicas) (int $values.autoscaling.maxReplicas)) -}}
{{- $faults = append $faults "autoscaling.minReplicas is more than autoscaling.maxReplicas." -}}
{{- end -}}
{{- range .secrets -}}
{{- if and .required (not (index $values .value).secret) -}}
{{- $faults = append $faults (printf "%s: set %s.secret." .required .value) -}}
{{- end -}}
{{- end -}}
{{- $own := dict "MCP_AUDIT_DIR" "audit" "MCP_AUDIT_DATABASE_URL_FILE" "audit.database" "MCP_AUTH_ISSUER" "auth.issuer" "MCP_API_KEYS_FILE" "auth.apiKeys" -}}
{{- $own = merge $own (dict "MCP_DRAIN_SECONDS" "drainSeconds" "MCP_GRACE_SECONDS" "graceSeconds" "MCP_PUBLIC_URL" "publicUrl" "MCP_POLICY_FILE" "policy") -}}
{{- $own = merge $own (dict "MCP_AUDIT_KEY_FILE" "audit.keys" "MCP_AUDIT_HMAC_KEY_FILE" "audit.keys" "MCP_REDIS_URL_FILE" "redis" "MCP_SEAL_KEYS_FILE" "sealKeys") -}}
{{- $own = merge $own (dict "MCP_TLS_CERT_FILE" "tls" "MCP_TLS_KEY_FILE" "tls" "MCP_TLS_CLIENT_CA_FILE" "none") -}}
{{- range .secrets -}}
{{- $own = merge $own (dict (printf "%s_FILE" .variable) .value) -}}
{{- end -}}
{{- $own = merge $own (dict "MCP_TRANSPORT" "none" "MCP_HOST" "none" "MCP_PORT" "service.port" "METRICS_HOST" "none" "METRICS_PORT" "none") -}}
{{- range $name, $setting := .settings }}{{ $own = set $own $name $setting.from }}{{ end -}}
{{- range $name, $_ := $values.settings -}}
{{- with index $own $name -}}
{{- $faults = append $faults (printf "settings.%s is the chart's to set: %s." $name (ternary "leave it out" (printf "use %s" .) (eq . "none"))) -}}
{{- end -}}
{{- if regexMatch "(PASSWORD|SECRET|_KEY|_URL|_URI|_HEADERS)$" $name -}}
{{- if not (has $name (list "MCP_AUTH_JWKS_URL" "MCP_PUBLIC_URL")) -}}
{{- $faults = append $faults (printf "settings.%s would lie open in a ConfigMap: name a Secret instead, in extraEnv where nothing else takes it." $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $faults -}}
{{- fail (printf "\n\n  %s\n" (join "\n  " $faults)) -}}
{{- end -}}
{{- end -}}
