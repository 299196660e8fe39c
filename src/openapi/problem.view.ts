import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';

/** One field of a request that cannot be taken. */
@ApiSchema({ name: 'ProblemField' })
export class ProblemFieldView {
  @ApiProperty({ description: 'Dotted, such as `permissions.0`; empty for the body itself' })
  path: string;

  @ApiProperty({ description: 'The rule that it breaks' })
  rule: string;
}

/** A refusal of the native API (RFC 9457). Some codes have members of their own beside these. */
@ApiSchema({ name: 'Problem' })
export class ProblemView {
  @ApiProperty({ format: 'uri', description: '`urn:gatehouse:problem:` and the code' })
  type: string;

  @ApiProperty({ description: 'The status in words' })
  title: string;

  @ApiProperty({ type: 'integer', description: 'The status' })
  status: number;

  @ApiProperty({ description: 'What went wrong, for programs' })
  code: string;

  @ApiPropertyOptional({
    type: [ProblemFieldView],
    description: 'Every field at fault, where fields are what it is about',
  })
  errors?: ProblemFieldView[];

  @ApiPropertyOptional({
    example: 'signature',
    description: 'What is wrong with a credential or a chosen secret',
  })
  fault?: string;

  @ApiPropertyOptional({ description: 'Of `already-created`: the id of what was made' })
  id?: string;

  @ApiPropertyOptional({ description: 'Of `role-built-in`: true for the role of superusers' })
  master?: boolean;

  @ApiPropertyOptional({
    type: [String],
    example: ['app', 'recovery-code'],
    description: 'Of `second-factor-required`: whose codes count',
  })
  methods?: string[];

  @ApiPropertyOptional({ type: 'integer', description: 'Of a limit: when to come again' })
  retryAfterSeconds?: number;
}
