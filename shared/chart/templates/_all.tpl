{{/* All that a server is made of. */}}
{{- define "mcp-server.all" -}}
{{- include "mcp-server.checks" . -}}
{{- $values := .root.Values -}}
{{- $parts := list "serviceaccount" "configmap" "service" "workload" "disruptionbudget" -}}
{{- if $values.autoscaling.enabled }}{{ $parts = append $parts "autoscaler" }}{{ end -}}
{{- if $values.networkPolicy.enabled }}{{ $parts = append $parts "networkpolicy" }}{{ end -}}
{{- if $values.metrics.podMonitor }}{{ $parts = append $parts "podmonitor" }}{{ end -}}
{{- if $values.metrics.rules }}{{ $parts = append $parts "prometheusrule" }}{{ end -}}
{{- range $part := $parts }}
---
{{ include (printf "mcp-server.%s" $part) $ }}
{{- end }}
{{- end -}}
