// The server writes lower-case phrases; on the page they are sentences.

/** "No Linkerd metrics here." of "no Linkerd metrics here". */
export function sentence(phrase: string): string {
  const text = phrase.trim();
  if (text === '') return '';
  const isAddress = /^\S+:\/\//.test(text); // an address is written as it is
  const start = isAddress ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}
