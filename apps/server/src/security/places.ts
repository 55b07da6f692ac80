// Places that are taken for a while, and how many of them anybody may take: links leave room for people.

export interface Places {
  /** What gives the place back; null: there is none. */
  take(who: { readonly id: string; readonly isLink: boolean }): (() => void) | null;
  readonly taken: number;
}

export interface PlacesOptions {
  readonly most: number;
  readonly mostOfLinks: number;
  readonly mostOfOne: number;
}

export function createPlaces({ most, mostOfLinks, mostOfOne }: PlacesOptions): Places {
  const byWho = new Map<string, number>();
  let taken = 0;
  let ofLinks = 0;
  return {
    get taken() {
      return taken;
    },
    take({ id, isLink }) {
      const own = byWho.get(id) ?? 0;
      if (taken >= most || own >= mostOfOne || (isLink && ofLinks >= mostOfLinks)) return null;
      taken++;
      if (isLink) ofLinks++;
      byWho.set(id, own + 1);
      let isGiven = false;
      return () => {
        if (isGiven) return;
        isGiven = true;
        taken--;
        if (isLink) ofLinks--;
        const left = (byWho.get(id) ?? 1) - 1;
        if (left > 0) byWho.set(id, left);
        else byWho.delete(id);
      };
    },
  };
}
