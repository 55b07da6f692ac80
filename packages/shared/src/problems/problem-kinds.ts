// The kinds of problems there are, in the order of severity. `lost`: never arrived; `look`: nothing is lost yet, such as a restart that is due.

export const PROBLEM_KINDS = ['lost', 'failing', 'slow', 'plaintext', 'refused', 'look'] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];
