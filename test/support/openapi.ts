import type { OpenAPIObject } from '@nestjs/swagger';
import type { Operation } from '../../src/openapi/operation.js';
import type { TestGatehouse } from './gatehouse.js';

/** A schema as far as the tests look into it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly nullable?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Described {
  readonly method: string;
  /** With its parameters as `:name`, as the server's routes are written. */
  readonly path: string;
  readonly operation: Operation;
}

/** The description of the API, as the server answers it. */
export class ApiDescription {
  private constructor(private readonly document: OpenAPIObject) {}

  static async of(server: TestGatehouse): Promise<ApiDescription> {
    return new ApiDescription((await server.api.get('/docs/openapi.json')).body as OpenAPIObject);
  }

  get operations(): Described[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{(\w+)\}/g, ':$1'),
        operation: operation as Operation,
      })),
    );
  }

  get schemas(): Readonly<Record<string, Schema>> {
    return (this.document.components?.schemas ?? {}) as Record<string, Schema>;
  }

  get securitySchemes(): readonly string[] {
    return Object.keys(this.document.components?.securitySchemes ?? {});
  }

  /** The schema itself, or the one that it refers to. */
  resolved(schema: Schema): Schema {
    const found = schema.$ref ? this.schemas[schema.$ref.replace('#/components/schemas/', '')] : schema;
    if (!found) throw new Error(`There is no schema ${schema.$ref}`);
    return found;
  }

  /** The schema of an answer in JSON. */
  answer(method: string, path: string, status: number): Schema {
    const found = this.operations.find((one) => one.method === method && one.path === path);
    const response = found?.operation.responses[status];
    const schema = response && 'content' in response && response.content?.['application/json']?.schema;
    if (!schema) throw new Error(`${method} ${path} describes no ${status}`);
    return schema as Schema;
  }

  /** True when an operation says that it may refuse with a status. */
  refuses(method: string, path: string, status: number): boolean {
    const found = this.operations.find((one) => one.method === method && one.path === path);
    return found?.operation.responses[status] !== undefined;
  }

  /** The schemas of the bodies that an operation takes. */
  bodies({ operation }: Described): Schema[] {
    const body = operation.requestBody;
    if (!body || !('content' in body)) return [];
    return Object.values(body.content).map(({ schema }) => (schema ?? {}) as Schema);
  }
}

/** What a schema does not say, by the paths of its parts. */
export function silencesOf(schema: Schema, path: string): string[] {
  const alternatives = [...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const isTyped =
    schema.$ref ?? schema.type ?? schema.enum ?? (alternatives.length > 0 ? 'one of' : undefined);
  return [
    ...(isTyped === undefined ? [`${path} has no type`] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
      ...(property.description ? [] : [`${path}.${name} has no description`]),
      ...silencesOf(property, `${path}.${name}`),
    ]),
    ...(schema.items ? silencesOf(schema.items, `${path}[]`) : []),
    ...(typeof schema.additionalProperties === 'object'
      ? silencesOf(schema.additionalProperties, `${path}{}`)
      : []),
    ...alternatives.flatMap((one) => silencesOf(one, path)),
  ];
}
