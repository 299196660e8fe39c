import { RouteConfig } from '@nestjs/platform-fastify';

interface BodyConfig {
  readonly takesMultipart?: boolean;
}

/**
 * The handler also takes `multipart/form-data`. It finds no body, and calls `readMultipart` once it knows
 * that the caller may do what he asks for: until then nothing of the upload is read.
 */
export function TakesMultipart(): MethodDecorator {
  return RouteConfig({ takesMultipart: true } satisfies BodyConfig);
}

/** True for the route of a handler that is marked so. */
export function takesMultipart(config: object): boolean {
  return (config as BodyConfig).takesMultipart === true;
}
