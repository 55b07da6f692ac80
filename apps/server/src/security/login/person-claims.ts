// Who an issuer says somebody is, and whether that somebody is let in. Pure.

export interface ClaimRules {
  readonly userClaim: string;
  readonly groupsClaim: string;
  /** Empty: whatever their groups. */
  readonly allowedGroups: readonly string[];
  /** Empty: whatever their address. */
  readonly allowedDomains: readonly string[];
}

export interface Person {
  readonly user: string;
  readonly groups: readonly string[];
}

/** What Kubernetes keeps for itself: no issuer and no proxy may hand it out. */
export function isOfKubernetes(name: string): boolean {
  return name.startsWith('system:');
}

const LONGEST = 256;
/** A browser keeps about 4 kB in a cookie. */
const MOST_GROUP_BYTES = 2_000;

/** Or a sentence for them, which says nothing of the mesh. */
export function readPerson(
  claims: Readonly<Record<string, unknown>>,
  { userClaim, groupsClaim, allowedGroups, allowedDomains }: ClaimRules,
): Person | { readonly refusal: string } {
  const user = claims[userClaim];
  if (typeof user !== 'string' || user === '' || user.length > LONGEST || isOfKubernetes(user))
    return { refusal: `your login says no name under "${userClaim}"` };
  if (userClaim === 'email' && claims['email_verified'] === false)
    return { refusal: 'your mail address is not verified' };
  const groups = toGroups(claims[groupsClaim]);
  if (allowedGroups.length > 0 && !groups.some((group) => allowedGroups.includes(group)))
    return { refusal: 'you are in none of the groups that may see this' };
  if (allowedDomains.length > 0 && !isOfDomain(claims, allowedDomains))
    return { refusal: 'your mail address is of none of the domains that may see this, or not verified' };
  return { user, groups: fitting(groups) };
}

function toGroups(claim: unknown): string[] {
  const texts = Array.isArray(claim) ? claim : typeof claim === 'string' ? [claim] : [];
  return texts.filter(
    (each): each is string => typeof each === 'string' && each.length <= LONGEST && !isOfKubernetes(each),
  );
}

function isOfDomain(claims: Readonly<Record<string, unknown>>, domains: readonly string[]): boolean {
  const { email, email_verified: isVerified } = claims;
  if (typeof email !== 'string' || isVerified !== true) return false;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((each) => each.toLowerCase() === domain);
}

/** Too many for a cookie: who has fewer groups may less, never more. */
function fitting(groups: readonly string[]): string[] {
  let bytes = 0;
  return groups.filter((group) => {
    bytes += Buffer.byteLength(group) + 3;
    return bytes <= MOST_GROUP_BYTES;
  });
}
