// The secret that an issuer of logins knows this server by, as its file has it. Pure.

export function parseClientSecret(text: string): string {
  const secret = text.trim();
  if (secret.length < 8 || /\s/.test(secret)) throw new Error('it holds no client secret');
  return secret;
}
