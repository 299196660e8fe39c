import type { OpenAPIObject } from '@nestjs/swagger';
import type { AccessRule } from '../common/security/access.js';
import type { Surface } from '../http/surface.js';

export type PathItem = OpenAPIObject['paths'][string];
export type Operation = NonNullable<PathItem['get']>;
export type Responses = Operation['responses'];
type Parameters = NonNullable<Operation['parameters']>;
export type Parameter = Extract<Parameters[number], { in: string }>;

/** What is known of an operation beside its description. */
export interface Place {
  /** With its parameters as `{name}`. */
  readonly path: string;
  readonly surface: Surface;
  readonly rule: AccessRule;
}

/** The parameters of an operation that travel in the path, the query or a header. */
export function parametersIn(operation: Operation, where: 'path' | 'query' | 'header'): Parameter[] {
  return (operation.parameters ?? []).filter(
    (parameter): parameter is Parameter => 'in' in parameter && parameter.in === where,
  );
}

export const takesHeader = (operation: Operation, name: string): boolean =>
  parametersIn(operation, 'header').some((parameter) => parameter.name === name);
