import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { viewPage } from '../common/page.js';
import { Roles } from '../common/security/access.js';
import { EntityTags, ReadOnTag, type Tagged } from '../http/tagged.js';
import { ListUsersQuery } from './dto/list-users.query.js';
import { toUserView, UserPageView, UserView } from './dto/user.view.js';
import { ListUsers } from './list-users.service.js';
import { ViewProfile } from './view-profile.service.js';

/** Users, for administrators. */
@ApiTags('users')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: ListUsers,
    private readonly profiles: ViewProfile,
  ) {}

  @Get()
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ApiOperation({
    summary: 'List and search users',
    description: 'By pages, in order of creation or of what is searched for. For managers and above.',
  })
  @ApiOkResponse({ type: UserPageView })
  async list(@Query() query: ListUsersQuery): Promise<UserPageView> {
    const { limit, cursor = null, q, type = null, level = null, state = null } = query;
    const filter = { type, level, state };
    const page = { limit, cursor };
    return viewPage(
      q ? await this.users.search(q, filter, page) : await this.users.all(filter, page),
      toUserView,
    );
  }

  @Get(':id')
  @Roles({ level: 'manager', scope: 'admin', kinds: ['user', 'service'] })
  @ReadOnTag()
  @ApiOperation({ summary: 'Look at one user', description: 'For managers and above.' })
  @ApiOkResponse({ type: UserView })
  async get(@Param('id') id: string, @EntityTags() tags: Tagged): Promise<UserView | undefined> {
    return tags.answer(toUserView(await this.profiles.byId(id)));
  }
}
