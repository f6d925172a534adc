{{- define "mcp-server.service" -}}
{{- $values := .root.Values.service -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
  {{- with $values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $values.type }}
  selector:
    {{- include "mcp-server.selector" . | nindent 4 }}
  ports:
    - {name: http, port: {{ $values.port }}, targetPort: http}
{{- end -}}

{{/* No rights in the cluster, and no token for any. */}}
{{- define "mcp-server.serviceaccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}

{{- define "mcp-server.networkpolicy" -}}
{{- $values := .root.Values.networkPolicy -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "mcp-server.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "mcp-server.selector" . | nindent 6 }}
  policyTypes: [Ingress{{ if $values.egress }}, Egress{{ end }}]
  ingress:
    - ports: [{port: http}]
      {{- with $values.from }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    - ports: [{port: metrics}]
      {{- with $values.metricsFrom }}
      from:
        {{- toYaml . | nindent 8 }}
      {{- end }}
  {{- with $values.egress }}
  egress:
    - ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
