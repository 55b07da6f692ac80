// Text that any picture can carry: names come from whoever may label a pod, and XML cannot say everything. Pure.

/**
 * Control characters, halves of surrogate pairs and noncharacters make an SVG that no browser opens; marks of direction
 * let a name read as another one. Each becomes the sign for what could not be shown.
 */
const UNSPEAKABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** The longest name that Kubernetes knows. */
const LONGEST_NAME = 253;

export function speakable(text: string): string {
  return text.replace(UNSPEAKABLE, '\ufffd');
}

/** A name as it is shown: a label of a series may be of any length. */
export function shownName(name: string): string {
  if (name.length <= LONGEST_NAME) return speakable(name);
  return `${speakable(name.slice(0, LONGEST_NAME))}…`;
}
