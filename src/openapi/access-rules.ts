import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCESS_RULE, type AccessRule } from '../common/security/access.js';

/** The access rule of every handler, by the id that its operation has in the description. */
export function rulesByOperation(app: NestFastifyApplication): ReadonlyMap<string, AccessRule> {
  const rules = new Map<string, AccessRule>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype === 'function') addRulesOf(metatype as Type, rules);
    }
  }
  return rules;
}

function addRulesOf(controller: Type, rules: Map<string, AccessRule>): void {
  const handlers = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype));
  for (const [name, { value: handler }] of handlers) {
    const rule = Reflect.getMetadata(ACCESS_RULE, handler as object) as AccessRule | undefined;
    if (rule) rules.set(`${controller.name}_${name}`, rule);
  }
}
