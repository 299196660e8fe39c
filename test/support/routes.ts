import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ModulesContainer } from '@nestjs/core';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import { ACCESS_RULE, type AccessRule } from '../../src/common/security/access.js';
import { takesMultipart } from '../../src/http/multipart/takes-multipart.decorator.js';
import type { TestGatehouse } from './gatehouse.js';

/** One method of one path, as Fastify answers it. */
export interface Route {
  readonly method: string;
  /** Without a trailing slash; parameters as `:name`. */
  readonly path: string;
}

/** A handler of a controller, with the routes that it answers. */
export interface Handler extends Route {
  readonly name: string;
  readonly module: string;
  readonly rule: AccessRule | null;
  /** Whether it is handed a body, or reads a multipart one itself. */
  readonly takesBody: boolean;
}

/** Every route that the HTTP server knows, however it came to be, from Fastify's own table. */
export function routesOf(server: TestGatehouse): Route[] {
  const tree = server.gatehouse.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const routes: Route[] = [];
  const open: string[] = [];
  for (const line of tree.split('\n').filter((text) => text.trim() !== '')) {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    if (indent === undefined || part === undefined) throw new Error(`Not a line of routes: ${line}`);
    open.splice(indent.length / 4, Infinity, part);
    for (const method of methods?.split(', ') ?? []) routes.push({ method, path: tidyPath(open.join('')) });
  }
  return routes;
}

/** Every handler of every controller, from Nest's own container. */
export function handlersOf(server: TestGatehouse): Handler[] {
  const handlers: Handler[] = [];
  for (const { controllers, metatype } of server.gatehouse.app.get(ModulesContainer).values()) {
    for (const { metatype: controller } of controllers.values()) {
      if (typeof controller === 'function') handlers.push(...handlersIn(controller as Type, metatype.name));
    }
  }
  return handlers;
}

function handlersIn(controller: Type, module: string): Handler[] {
  const prototype = controller.prototype as Record<string, object>;
  const meta = <T>(key: string, target: object) => Reflect.getMetadata(key, target) as T | undefined;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = meta<RequestMethod>(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const bases = [meta<string | string[]>(PATH_METADATA, controller) ?? ''].flat();
    const ends = [meta<string | string[]>(PATH_METADATA, handler) ?? ''].flat();
    return bases.flatMap((base) =>
      ends.map((end) => ({
        method: RequestMethod[method],
        path: tidyPath(`/${base}/${end}`),
        name: `${controller.name}.${name}`,
        module,
        rule: meta<AccessRule>(ACCESS_RULE, handler) ?? null,
        takesBody: takesBody(controller, name),
      })),
    );
  });
}

function takesBody(controller: Type, name: string): boolean {
  const taken = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) as object | undefined;
  const { [name]: handler } = controller.prototype as Record<string, object>;
  const config = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, handler!) as object | undefined;
  const isHanded = Object.keys(taken ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
  return isHanded || takesMultipart(config ?? {});
}

/** One slash between segments, none at the end, and `/*` where the printed tree swallows its slash. */
function tidyPath(path: string): string {
  return path
    .replace(/\/{2,}/g, '/')
    .replace(/(.)\/$/, '$1')
    .replace(/([^/])\*$/, '$1/*');
}
