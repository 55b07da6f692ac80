// What Linkerd accepts as an AuthorizationPolicy (policy.linkerd.io/v1alpha1); unknown fields, which it drops silently, are errors here.

const GROUP = {
  type: 'string',
  maxLength: 253,
  pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
};
const KIND = {
  type: 'string',
  minLength: 1,
  maxLength: 63,
  pattern: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$',
};
const NAME = { type: 'string', minLength: 1, maxLength: 253 };

export const authorizationPolicySchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  additionalProperties: false,
  properties: {
    apiVersion: { const: 'policy.linkerd.io/v1alpha1' },
    kind: { const: 'AuthorizationPolicy' },
    metadata: {
      type: 'object',
      required: ['name', 'namespace'],
      properties: { name: NAME, namespace: NAME },
    },
    spec: {
      type: 'object',
      required: ['targetRef', 'requiredAuthenticationRefs'],
      additionalProperties: false,
      properties: {
        targetRef: {
          type: 'object',
          required: ['kind', 'name'],
          additionalProperties: false,
          properties: { group: GROUP, kind: KIND, name: NAME },
        },
        requiredAuthenticationRefs: {
          type: 'array',
          items: {
            type: 'object',
            required: ['kind', 'name'],
            additionalProperties: false,
            properties: {
              group: GROUP,
              kind: KIND,
              name: NAME,
              namespace: { type: 'string', maxLength: 253 },
            },
          },
        },
      },
    },
  },
};
