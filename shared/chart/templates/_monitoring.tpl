{{- define "mcp-server.podmonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
    {{- with .root.Values.metrics.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "mcp-server.selector" . | nindent 6 }}
  podMetricsEndpoints:
    - port: metrics
{{- end -}}

{{- define "mcp-server.prometheusrule" -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
    {{- with .root.Values.metrics.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- .root.Files.Get "files/prometheus-rules.yaml" | nindent 2 }}
{{- end -}}
