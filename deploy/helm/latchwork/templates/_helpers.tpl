{{/* Names, labels and the checks that a schema cannot express. */}}

{{- define "latchwork.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "latchwork.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "latchwork.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "latchwork.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* For objects outside the release's namespace, where two releases of one name must not meet. */}}
{{- define "latchwork.farName" -}}
{{- printf "%s-%s" .Release.Namespace (include "latchwork.fullname" .) -}}
{{- end -}}

{{- define "latchwork.selector" -}}
app.kubernetes.io/name: {{ include "latchwork.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "latchwork.labels" -}}
{{ include "latchwork.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "latchwork.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "latchwork.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.create is false: name the service account to use in serviceAccount.name" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "latchwork.subject" -}}
- kind: ServiceAccount
  name: {{ include "latchwork.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Whichever way a proxy sends a probe on, localhost is a host that the server answers to. */}}
{{- define "latchwork.probe" -}}
path: {{ . }}
port: http
httpHeaders:
  - name: Host
    value: localhost
{{- end -}}

{{/* One a line: every name under which the page may be opened. Localhost, and so a port-forward, is always allowed. */}}
{{- define "latchwork.allowedHosts" -}}
{{- $name := include "latchwork.fullname" . -}}
{{- $service := list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) (printf "%s.%s.svc.%s" $name .Release.Namespace .Values.clusterDomain) -}}
{{- $port := .Values.service.port | int -}}
{{- $ports := list -}}
{{- if not (has $port (list 80 443 8470)) -}}
{{- range $service -}}{{- $ports = append $ports (printf "%s:%d" . $port) -}}{{- end -}}
{{- end -}}
{{- $ingress := ternary .Values.ingress.hosts (list) .Values.ingress.enabled -}}
{{- concat $service $ports $ingress .Values.server.allowedHosts | uniq | join "\n" -}}
{{- end -}}

{{/* Whether Prometheus is the one in viz's namespace, which answers only whom a policy names. */}}
{{- define "latchwork.asksViz" -}}
{{- $host := (urlParse .Values.prometheus.url).host -}}
{{- if regexMatch (printf "^[^.]+\\.%s(\\.|:|$)" (regexQuoteMeta .Values.linkerd.vizNamespace)) $host -}}true{{- end -}}
{{- end -}}

{{/* Whether any file for Prometheus is mounted. */}}
{{- define "latchwork.hasCredentials" -}}
{{- with .Values.prometheus -}}
{{- if or .passwordSecret.name .tokenSecret.name .ca.secret .ca.configMap -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{- define "latchwork.check" -}}
{{- with .Values.prometheus -}}
{{- if and .user (not .passwordSecret.name) -}}
{{- fail "prometheus.user has no password: name the Secret that holds it in prometheus.passwordSecret.name" -}}
{{- end -}}
{{- if and .passwordSecret.name (not .user) -}}
{{- fail "prometheus.passwordSecret.name has no user: set prometheus.user" -}}
{{- end -}}
{{- if and .user .tokenSecret.name -}}
{{- fail "prometheus.user contradicts prometheus.tokenSecret.name: use a user with a password or a token, not both" -}}
{{- end -}}
{{- if and .ca.secret .ca.configMap -}}
{{- fail "prometheus.ca.secret contradicts prometheus.ca.configMap: keep one of them" -}}
{{- end -}}
{{- end -}}
{{- include "latchwork.checkAccess" . -}}
{{- if and .Values.tap.enabled (not .Values.kubernetes.enabled) -}}
{{- fail "tap.enabled needs kubernetes.enabled: tap is asked through the Kubernetes API" -}}
{{- end -}}
{{- if and .Values.tap.enabled (not .Values.tap.offered) -}}
{{- fail "tap.enabled contradicts tap.offered=false: a right that nobody can use should not be granted" -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.enabled needs a name: --set 'ingress.hosts={mesh.example.com}'" -}}
{{- end -}}
{{- $open := or .Values.networkPolicy.namespaces .Values.networkPolicy.from -}}
{{- if and .Values.networkPolicy.enabled .Values.ingress.enabled (not $open) -}}
{{- fail "the NetworkPolicy would shut out the ingress controller: name its namespace, such as --set 'networkPolicy.namespaces={ingress-nginx}', or set networkPolicy.enabled=false" -}}
{{- end -}}
{{- if and .Values.networkPolicy.enabled .Values.podMonitor.enabled (not $open) -}}
{{- fail "the NetworkPolicy would shut out the Prometheus of podMonitor: name its namespace, such as --set 'networkPolicy.namespaces={monitoring}', or set networkPolicy.enabled=false" -}}
{{- end -}}
{{- end -}}
