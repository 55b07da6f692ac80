// An address as a log may have it: whoever reads the log must not get in with a signed link.

export function redactedUrl(url: string): string {
  return url.replace(/([?&](?:link|url)=)[^&#]*/gi, '$1[link]');
}
