import { RouteConfig } from '@nestjs/platform-fastify';

interface BodyConfig {
  readonly readsNoBody?: boolean;
}

/** The handler acts on its address alone: a form of any encoding may be posted to it, and is not read. */
export function ReadsNoBody(): MethodDecorator {
  return RouteConfig({ readsNoBody: true } satisfies BodyConfig);
}

/** True for the route of a handler that is marked so. */
export function readsNoBody(config: object): boolean {
  return (config as BodyConfig).readsNoBody === true;
}
