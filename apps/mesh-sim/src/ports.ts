// Linkerd's own ports on every meshed pod.

export const ADMIN_PORT = 4191;
export const TAP_PORT = 4190;
/** Through which every meshed connection comes. */
export const PROXY_PORT = 4143;
