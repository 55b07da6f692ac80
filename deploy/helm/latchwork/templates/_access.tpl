{{/* Who may see what: the settings of `access` and `embed` as the server's environment, files and checks. */}}

{{- define "latchwork.hasAccess" -}}
{{- with .Values.access -}}
{{- if or .tokenSecret.name .oidc.issuer .userHeader -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{/* Whole folders, never single files: what is mounted so changes with its Secret, without a restart. */}}
{{- define "latchwork.accessSources" -}}
{{- with .Values.access.tokenSecret }}{{- if .name }}
- secret:
    name: {{ .name }}
    items:
      - key: {{ .key }}
        path: tokens
{{- end }}{{- end }}
{{- with .Values.access.oidc.clientSecret }}{{- if .name }}
- secret:
    name: {{ .name }}
    items:
      - key: {{ .key }}
        path: client-secret
{{- end }}{{- end }}
{{- with .Values.embed.keySecret }}{{- if .name }}
- secret:
    name: {{ .name }}
    items:
      - key: {{ .key }}
        path: keys
{{- end }}{{- end }}
{{- with .Values.embed.ended }}{{- if .configMap }}
- configMap:
    name: {{ .configMap }}
    items:
      - key: {{ .key }}
        path: ended
{{- end }}{{- end }}
{{- end -}}

{{- define "latchwork.accessEnvironment" -}}
{{- with .Values.access }}
{{- if .tokenSecret.name }}
- name: LATCHWORK_ACCESS_TOKEN_FILE
  value: /etc/latchwork/access/tokens
{{- end }}
{{- with .oidc }}
{{- if .issuer }}
- name: LATCHWORK_OIDC_ISSUER
  value: {{ .issuer | quote }}
- name: LATCHWORK_OIDC_CLIENT_ID
  value: {{ .clientId | quote }}
- name: LATCHWORK_OIDC_CLIENT_SECRET_FILE
  value: /etc/latchwork/access/client-secret
- name: LATCHWORK_OIDC_SCOPE
  value: {{ .scopes | quote }}
- name: LATCHWORK_OIDC_USER_CLAIM
  value: {{ .userClaim | quote }}
- name: LATCHWORK_OIDC_GROUPS_CLAIM
  value: {{ .groupsClaim | quote }}
{{- with .allowedGroups }}
- name: LATCHWORK_OIDC_ALLOWED_GROUP
  value: {{ join "\n" . | quote }}
{{- end }}
{{- with .allowedDomains }}
- name: LATCHWORK_OIDC_ALLOWED_DOMAIN
  value: {{ join "\n" . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with .trustedProxies }}
- name: LATCHWORK_TRUSTED_PROXY
  value: {{ join "\n" . | quote }}
{{- end }}
{{- with .userHeader }}
- name: LATCHWORK_USER_HEADER
  value: {{ . | quote }}
{{- end }}
{{- with .groupsHeader }}
- name: LATCHWORK_GROUPS_HEADER
  value: {{ . | quote }}
{{- end }}
{{- with .roleGroups }}
- name: LATCHWORK_ROLE_GROUP
  value: {{ join "\n" . | quote }}
{{- end }}
{{- if .namespacesByRights }}
- name: LATCHWORK_NAMESPACES_BY_RIGHTS
  value: "true"
{{- end }}
{{- end }}
{{- with .Values.embed }}
{{- with .ancestors }}
- name: LATCHWORK_EMBED_ANCESTOR
  value: {{ join "\n" . | quote }}
{{- end }}
{{- if .keySecret.name }}
- name: LATCHWORK_EMBED_KEY_FILE
  value: /etc/latchwork/access/keys
- name: LATCHWORK_EMBED_MOST_DAYS
  value: {{ .mostDays | int | quote }}
{{- end }}
{{- if .ended.configMap }}
- name: LATCHWORK_EMBED_ENDED_FILE
  value: /etc/latchwork/access/ended
{{- end }}
{{- end }}
{{- end -}}

{{- define "latchwork.checkAccess" -}}
{{- with .Values.access -}}
{{- if and .oidc.issuer (not .oidc.clientId) -}}
{{- fail "access.oidc.issuer needs access.oidc.clientId: what this server is called there" -}}
{{- end -}}
{{- if and .oidc.issuer (not .oidc.clientSecret.name) -}}
{{- fail "access.oidc.issuer needs a client secret: name the Secret that holds it in access.oidc.clientSecret.name" -}}
{{- end -}}
{{- if and .userHeader (not .trustedProxies) -}}
{{- fail "access.userHeader would be believed from nobody: name the proxy's address in access.trustedProxies" -}}
{{- end -}}
{{- if and (not .oidc.issuer) (or .oidc.allowedGroups .oidc.allowedDomains) -}}
{{- fail "access.oidc.allowedGroups and access.oidc.allowedDomains keep nobody out without a login: set access.oidc.issuer" -}}
{{- end -}}
{{- if and .roleGroups (not (or .oidc.issuer .groupsHeader)) -}}
{{- fail "access.roleGroups needs to know the groups of people: set access.oidc.issuer, or access.userHeader with access.groupsHeader" -}}
{{- end -}}
{{- if and .namespacesByRights (not (or .oidc.issuer .userHeader)) -}}
{{- fail "access.namespacesByRights needs to know people by name: set access.oidc.issuer or access.userHeader" -}}
{{- end -}}
{{- if and .namespacesByRights (not $.Values.kubernetes.enabled) -}}
{{- fail "access.namespacesByRights needs kubernetes.enabled: rights are asked of the Kubernetes API" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.embed.ended.configMap (not .Values.embed.keySecret.name) -}}
{{- fail "embed.ended.configMap ends links that nothing signs: name their keys in embed.keySecret.name" -}}
{{- end -}}
{{- end -}}
