{{/* Everything takes (dict "root" $ ...): the chart's context, and what is the server's own, each of it optional:
     "secrets", each (dict "variable" "DATABASE_URL" "value" "database"): the Secret and key that a value names, as NAME_FILE;
     "volumes", each (dict "name" "root-a" "path" "/data/a" "readOnly" true "source" VOLUME): what is mounted;
     "settings", by variable (dict "value" TEXT "from" "roots"): what follows from a value;
     "faults", sentences: why nothing is rendered. */}}

{{- define "mcp-server.name" -}}
{{- if contains .root.Chart.Name .root.Release.Name -}}
{{ .root.Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .root.Release.Name .root.Chart.Name | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "mcp-server.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "mcp-server.labels" -}}
{{ include "mcp-server.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "mcp-server.metadata" -}}
name: {{ include "mcp-server.name" . }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "mcp-server.labels" . | nindent 2 }}
{{- end -}}

{{/* The kind of workload: replicas that have a volume of their own each are a StatefulSet. */}}
{{- define "mcp-server.kind" -}}
{{ ternary "StatefulSet" "Deployment" (not (empty .root.Values.audit.volume.size)) }}
{{- end -}}

{{- define "mcp-server.scheme" -}}
{{ ternary "HTTPS" "HTTP" (not (empty .root.Values.tls.secret)) }}
{{- end -}}
