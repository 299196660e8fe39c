import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SurfaceRegistry } from '../http/surface-registry.js';
import { rulesByOperation } from './access-rules.js';
import { securityOf, SECURITY_SCHEMES } from './operation-security.js';
import type { Operation, PathItem, Place, Responses } from './operation.js';
import { describedParameters } from './path-parameters.js';
import { withProblems } from './problem-responses.js';
import { ProblemView } from './problem.view.js';
import { withHeaders } from './response-headers.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

/** What an answer is whose handler says no more. */
const SUCCESSES: Readonly<Record<string, string>> = {
  200: 'Done; what came of it',
  201: 'Made; what it is now',
  202: 'Taken on; nothing is told',
  204: 'Done; there is no more to say',
};

/**
 * The description of the API, generated from the controllers. What follows from a handler's access rule
 * and from its surface (security, refusals, what the parameters of a path are) is added here, once for all.
 */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, head(), { extraModels: [ProblemView] });
  const rules = rulesByOperation(app);
  const surfaces = app.get(SurfaceRegistry);
  const complete = (path: string, operation: Operation): Operation => {
    const rule = rules.get(operation.operationId ?? '');
    return rule ? completed(operation, { path, rule, surface: surfaces.find(path) }) : operation;
  };
  for (const [path, item] of Object.entries(document.paths)) {
    document.paths[path] = completedItem(item, (operation) => complete(path, operation));
  }
  return document;
}

function head(): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setTitle('Gatehouse')
    .setDescription('One identity core behind five documented APIs and the native API /v1.')
    .setVersion('1');
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) builder.addSecurity(name, scheme);
  return builder.build();
}

function completedItem(item: PathItem, complete: (operation: Operation) => Operation): PathItem {
  const operations = METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [[method, complete(operation)] as const] : [];
  });
  return { ...item, ...Object.fromEntries(operations) };
}

function completed(operation: Operation, place: Place): Operation {
  const responses = describedSuccesses(operation.responses);
  const isNative = place.path.startsWith('/v1/');
  return {
    ...operation,
    parameters: describedParameters(operation, place),
    responses: isNative
      ? withHeaders(operation, withProblems({ ...operation, responses }, place))
      : responses,
    security: securityOf(operation, place),
  };
}

function describedSuccesses(responses: Responses): Responses {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const isSilent = response !== undefined && 'description' in response && response.description === '';
      return [status, isSilent ? { ...response, description: SUCCESSES[status] ?? '' } : response];
    }),
  );
}
