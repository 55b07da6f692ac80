// What is shown where an embedded picture would be: a readable page, picture or line, with the right status.

import { PATHS } from '@latchwork/shared/paths';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toReply } from '../../errors.ts';
import { noticePicture } from '../../security/notice-picture.ts';
import { plainPage } from '../../security/plain-page.ts';
import { publicPath } from '../../security/public-path.ts';
import { redactedUrl } from '../../security/redacted-url.ts';

export type TroubleShape = 'page' | 'picture' | 'text';

export function sendTrouble(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  shape: TroubleShape,
  basePath: string,
): FastifyReply {
  const { status, problem, againSeconds } = toReply(error);
  if (againSeconds !== undefined) reply.header('retry-after', String(againSeconds));
  else if (status >= 500)
    request.log.warn({ err: error, url: redactedUrl(request.url) }, 'an embedded picture failed');
  // Of a source that failed the mesh's owner learns more on the page: here anybody may be reading.
  const message = status >= 500 ? 'there is no picture right now' : problem.message;
  const remedy = status >= 500 ? 'try again in a minute' : problem.remedy;
  reply.code(status).header('cache-control', 'no-store');
  switch (shape) {
    case 'page':
      return reply.type('text/html; charset=utf-8').send(
        plainPage({
          title: sentence(message),
          paragraphs: remedy ? [`${sentence(remedy)}.`] : [],
          style: publicPath(request.headers['x-forwarded-prefix'], basePath) + PATHS.embedStyle,
        }),
      );
    case 'picture':
      return reply
        .type('image/svg+xml; charset=utf-8')
        .send(noticePicture(sentence(message), remedy && `${sentence(remedy)}.`));
    case 'text':
      return reply
        .type('text/plain; charset=utf-8')
        .send(`${sentence(message)}. ${remedy ? `${sentence(remedy)}.` : ''}\n`);
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
