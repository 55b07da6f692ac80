// Of the list of problems, in its view or beside the graph.

import { PROBLEM_KINDS, type ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import { choice, type Field, maybe, type Part, text } from '../field.ts';

export const PROBLEM_ORDERS = ['weight', 'time', 'place'] as const;
export type ProblemOrder = (typeof PROBLEM_ORDERS)[number];

const problems: Field<boolean> = {
  key: 'problems',
  home: false,
  leftWith: ['view'],
  parse: ([value]) => value === 'open',
  texts: (isOpen) => (isOpen ? ['open'] : []),
};

export const PROBLEMS = {
  /** The list stands beside the graph. */
  problems,
  /** The problem that is open, as `problemKey` writes it. */
  problem: text('problem', ['view', 'cluster']),
  /** One kind alone. */
  kind: maybe<ProblemKind>('kind', PROBLEM_KINDS, 'view'),
  order: choice<ProblemOrder>('order', PROBLEM_ORDERS, 'weight'),
} satisfies Part;
