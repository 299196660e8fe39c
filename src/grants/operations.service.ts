import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../common/security/access.js';
import type { Principal } from '../common/security/principal.js';
import { NATIVE_SURFACE } from './credential-resolver.service.js';
import { mayCall } from './may-call.js';

const NATIVE = /^v1(\/|$)/;

/** What can be asked for at the native API, and by whom. */
@Injectable()
export class Operations {
  private rules: ReadonlyMap<string, AccessRule> | null = null;

  constructor(private readonly modules: ModulesContainer) {}

  /**
   * The operations that the guard lets this caller through to, as method and path (`GET /v1/users/:id`),
   * in the order of the alphabet. One may still ask him to show again who he is, or refuse him a person
   * who stands above him.
   */
  openTo(principal: Principal): string[] {
    this.rules ??= this.collect();
    return [...this.rules]
      .filter(([, rule]) => rule.public || mayCall(rule, principal, NATIVE_SURFACE))
      .map(([operation]) => operation)
      .sort();
  }

  private collect(): Map<string, AccessRule> {
    const controllers = [...this.modules.values()].flatMap((module) => [...module.controllers.values()]);
    return new Map(
      controllers.flatMap(({ metatype }) =>
        typeof metatype === 'function' ? operationsOf(metatype as Type) : [],
      ),
    );
  }
}

function operationsOf(controller: Type): [string, AccessRule][] {
  const base = pathOf(controller);
  if (!NATIVE.test(base)) return [];
  const handlers = Object.values(Object.getOwnPropertyDescriptors(controller.prototype));
  return handlers.flatMap(({ value: handler }): [string, AccessRule][] => {
    const rule = Reflect.getMetadata(ACCESS_RULE, handler as object) as AccessRule | undefined;
    if (!rule) return [];
    const method = Reflect.getMetadata(METHOD_METADATA, handler as object) as RequestMethod;
    const path = [base, pathOf(handler as object)].filter((part) => part !== '' && part !== '/').join('/');
    return [[`${RequestMethod[method]} /${path}`, rule]];
  });
}

/** Controllers and handlers of the native API have one path each. */
function pathOf(target: object): string {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return [path ?? ''].flat()[0] ?? '';
}
