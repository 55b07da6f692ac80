// A phrase as a sentence: with a capital letter and an end. Sources speak in lower case.

export function sentence(text: string): string {
  const first = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.:!?]$/.test(first) || first === '' ? first : `${first}.`;
}
