import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';

/** A refusal of the native API (RFC 9457). */
export class ProblemView {
  @ApiProperty({ format: 'uri', description: '`urn:gatehouse:problem:` and the code' })
  type: string;

  @ApiProperty({ description: 'The status in words' })
  title: string;

  @ApiProperty({ type: 'integer', description: 'The status' })
  status: number;

  @ApiProperty({ description: 'What went wrong, for programs' })
  code: string;
}

/** Every status with which a route of the native API may refuse, and when it does. */
const REFUSALS = {
  400: 'Something in the request is wrong; `errors` names each field and the rule that it breaks',
  401: 'There is no credential, or it does not count',
  403: 'The caller may not do this, or has to show again who he is (`reauthentication-required`)',
  404: 'There is no such thing',
  409: 'It cannot be done to what is there; the code says why',
  412: 'It has changed since the caller read it (`If-Match`)',
  429: 'Too many requests; `Retry-After` tells when to come again',
} as const;

/** Describes the refusals of a route. */
export const Problems = (...statuses: readonly (keyof typeof REFUSALS)[]) =>
  applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: REFUSALS[status],
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemView' } } },
      }),
    ),
  );
