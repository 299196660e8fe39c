import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { CurrentPrincipal } from '../http/actor.decorator.js';
import { Operations } from './operations.service.js';

/** What the caller may do at the native API. */
export class RightsView {
  @ApiProperty({
    type: [String],
    example: ['GET /v1/me', 'GET /v1/users/:id'],
    description: 'The operations that are open to him; some ask him to show again who he is',
  })
  operations: string[];
}

/** The rights of who is signed in, for programs that show him only what he may do. */
@ApiTags('me')
@Controller('v1/me/rights')
export class RightsController {
  constructor(private readonly operations: Operations) {}

  @Get()
  @Roles({ session: 'own' })
  @ApiOperation({
    summary: 'What one may do',
    description: 'Without regard to whom it would be done to: nobody acts on who stands above him.',
  })
  @ApiOkResponse({ type: RightsView })
  get(@CurrentPrincipal() principal: UserPrincipal): RightsView {
    return { operations: this.operations.openTo(principal) };
  }
}
