// A refusal as a picture: an image in a wiki shows nothing else of it.

import { escapeHtml } from './plain-page.ts';

export function noticePicture(message: string, remedy: string | undefined): string {
  const lines = [message, ...(remedy ? wrapped(remedy, 62) : [])];
  const height = 24 + lines.length * 18;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="440" height="${height}" viewBox="0 0 440 ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeHtml(lines.join(' '))}</title>`,
    `<rect x=".5" y=".5" width="439" height="${height - 1}" rx="8" fill="#f9fafb" stroke="#cfd4dd"/>`,
    ...lines.map(
      (line, i) =>
        `<text x="16" y="${26 + i * 18}" fill="${i === 0 ? '#14171f' : '#636b7a'}"${i === 0 ? ' font-weight="600"' : ''}>${escapeHtml(line)}</text>`,
    ),
    '</svg>',
  ].join('');
}

function wrapped(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
