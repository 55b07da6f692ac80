// GET /api/object: one object of policy as Kubernetes has it; GET /api/workloads/…/events: what happened to one workload.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  ClusterObject,
  ObjectParams,
  toObjectRef,
  WorkloadEvents,
} from '@latchwork/shared/asked/asked-objects';
import { WorkloadParams } from '@latchwork/shared/live/live';
import { workloadId } from '@latchwork/shared/node-id';
import { PATHS } from '@latchwork/shared/paths';
import { Problem } from '@latchwork/shared/problems/problem';
import { Type } from 'typebox';
import { eventsRule } from '../sources/kubernetes/asked/asked-events.ts';
import { objectRule } from '../sources/kubernetes/asked/asked-object.ts';

const { namespace, kind, name } = WorkloadParams.properties;

const ofObject = {
  summary: 'One object of policy',
  description:
    'A Server, route, authorization or limit as YAML, and what it names: read of Kubernetes once, for whoever may read it.',
  tags: ['mesh'],
  querystring: ObjectParams,
  response: { 200: ClusterObject, '4xx': Problem, '5xx': Problem },
};

const ofEvents = {
  summary: 'What happened to one workload',
  description:
    'Events of the workload, its newest ReplicaSets and its pods, the newest first: read of Kubernetes once, for at most twelve objects.',
  tags: ['mesh'],
  params: Type.Object({ namespace, kind, name }),
  response: { 200: WorkloadEvents, '4xx': Problem, '5xx': Problem },
};

export const objectRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(PATHS.object, { schema: ofObject }, async (request) => {
    const ref = toObjectRef(request.query);
    await app.rights.mayRead(request, ref.namespace, objectRule(ref));
    return app.asked.object(ref, request.signal);
  });
  app.get(`${PATHS.workloads}/:namespace/:kind/:name/events`, { schema: ofEvents }, async (request) => {
    const { params } = request;
    await app.rights.mayRead(request, params.namespace, eventsRule(params.namespace));
    return app.asked.events(workloadId(params.namespace, params.kind, params.name), request.signal);
  });
};
