import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../common/security/access.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { toUserView, UserPageView } from './dto/user.view.js';
import { Users } from './users.service.js';

const DEFAULT_LIMIT = 25;

/** Users, for administrators. */
@ApiTags('users')
@ApiBearerAuth()
@Controller('v1/users')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'List users',
    description: 'In order of creation, by pages. For managers and above.',
  })
  @ApiOkResponse({ type: UserPageView })
  async list(@Query() query: ListUsersQuery): Promise<UserPageView> {
    const page = await this.users.list({
      limit: query.limit ?? DEFAULT_LIMIT,
      cursor: query.cursor ?? null,
      prefix: query.q ?? null,
    });
    return { items: page.items.map(toUserView), nextCursor: page.nextCursor };
  }
}
