{{- define "mcp-server.pod" -}}
{{- $values := .root.Values -}}
metadata:
  labels:
    {{- include "mcp-server.labels" . | nindent 4 }}
  annotations:
    checksum/settings: {{ include "mcp-server.environment" . | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "mcp-server.name" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  # More than the server takes to drain and to finish, or it would be killed before its audit log is closed.
  terminationGracePeriodSeconds: {{ add $values.drainSeconds $values.graceSeconds 15 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: server
      {{- with $values.image }}
      image: {{ ternary (printf "%s@%s" .repository .digest) (printf "%s:%s" .repository (.tag | default $.root.Chart.AppVersion)) (not (empty .digest)) | quote }}
      imagePullPolicy: {{ .pullPolicy }}
      {{- end }}
      envFrom:
        - configMapRef: {name: {{ include "mcp-server.name" . }}}
      {{- with $values.extraEnv }}
      env:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - {name: http, containerPort: 8080}
        - {name: metrics, containerPort: 9464}
      {{- $scheme := include "mcp-server.scheme" . }}
      startupProbe:
        httpGet: {path: /health, port: http, scheme: {{ $scheme }}}
        periodSeconds: 1
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /health, port: http, scheme: {{ $scheme }}}
        timeoutSeconds: 3
      # The server waits five seconds for what it stands on, and then says itself that it is not ready.
      readinessProbe:
        httpGet: {path: /ready, port: http, scheme: {{ $scheme }}}
        periodSeconds: 2
        timeoutSeconds: 6
        failureThreshold: 1
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        - {name: audit, mountPath: /var/lib/mcp/audit}
        - {name: keys, mountPath: /var/lib/mcp/keys, readOnly: true}
        - {name: tmp, mountPath: /tmp}
        {{- if $values.policy.configMap }}
        - {name: policy, mountPath: /etc/mcp, readOnly: true}
        {{- end }}
        {{- range .volumes }}
        - {name: {{ .name }}, mountPath: {{ .path }}, readOnly: {{ .readOnly }}{{ with .subPath }}, subPath: {{ quote . }}{{ end }}}
        {{- end }}
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    {{- include "mcp-server.volumes" . | nindent 4 }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "mcp-server.selector" . | nindent 10 }}
  {{- range $name := list "nodeSelector" "tolerations" "affinity" }}
  {{- with index $values $name }}
  {{ $name }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{- define "mcp-server.volumes" -}}
{{- $values := .root.Values -}}
- name: tmp
  emptyDir: {medium: Memory, sizeLimit: 64Mi}
# A Secret that changes reaches the server, which reads API keys and certificates anew, without a restart.
- name: keys
  projected:
    defaultMode: 0440
    sources:
      {{- range include "mcp-server.secrets" . | fromJsonArray }}
      - secret:
          name: {{ .secret }}
          items: [{key: {{ .key | quote }}, path: {{ .variable }}}]
      {{- end }}
{{- with $values.policy }}
{{- if .configMap }}
- name: policy
  configMap: {name: {{ .configMap }}}
{{- end }}
{{- end }}
{{- with $values.audit }}
{{- if .volume.existingClaim }}
- name: audit
  persistentVolumeClaim: {claimName: {{ .volume.existingClaim }}}
{{- else if not .volume.size }}
# What is not sent to PostgreSQL yet; the server sends the rest when it is told to stop.
- name: audit
  emptyDir: {}
{{- end }}
{{- end }}
{{- range .volumes }}
- name: {{ .name }}
  {{- toYaml .source | nindent 2 }}
{{- end }}
{{- with $values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
