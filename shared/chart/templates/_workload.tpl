{{- define "mcp-server.workload" -}}
{{- $values := .root.Values -}}
{{- $kind := include "mcp-server.kind" . -}}
apiVersion: apps/v1
kind: {{ $kind }}
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "mcp-server.selector" . | nindent 6 }}
  {{- if eq $kind "StatefulSet" }}
  serviceName: {{ include "mcp-server.name" . }}
  podManagementPolicy: Parallel
  volumeClaimTemplates:
    - metadata:
        name: audit
        labels:
          {{- include "mcp-server.selector" . | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $values.audit.volume.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests: {storage: {{ $values.audit.volume.size }}}
  # The log is evidence: neither an upgrade nor `helm uninstall` takes it away.
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
  {{- else }}
  strategy:
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
  {{- end }}
  template:
    {{- include "mcp-server.pod" . | nindent 4 }}
{{- end -}}

{{- define "mcp-server.autoscaler" -}}
{{- $values := .root.Values.autoscaling -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ include "mcp-server.kind" . }}
    name: {{ include "mcp-server.name" . }}
  minReplicas: {{ $values.minReplicas }}
  maxReplicas: {{ $values.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: AverageValue, averageValue: {{ $values.cpu }}}
{{- end -}}

{{- define "mcp-server.disruptionbudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ .root.Values.disruptionBudget.maxUnavailable }}
  selector:
    matchLabels:
      {{- include "mcp-server.selector" . | nindent 6 }}
{{- end -}}
