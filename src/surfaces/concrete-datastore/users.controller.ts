import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListActiveUsers } from '../../users/list-active-users.service.js';
import { Roles } from '../../common/security/access.js';
import { ConcreteDatastorePresenter } from './concrete-datastore.presenters.js';
import { UserListQuery } from './dto/user-list.query.js';
import { UserListBody, UserDetailBody } from './dto/user-list.view.js';

const DEFAULT_PAGE_SIZE = 250;

/** The users of 004, for managers and above; blocked ones are not among them (reference note 1.9). */
@ApiTags('concrete-datastore (004)')
@Controller('api/v1.1/user')
export class ConcreteDatastoreUsersController {
  constructor(
    private readonly users: ListActiveUsers,
    private readonly present: ConcreteDatastorePresenter,
  ) {}

  @Get()
  @Roles({ level: 'manager' })
  @ApiOperation({ summary: 'List users' })
  @ApiOkResponse({ type: UserListBody })
  async list(@Query() query: UserListQuery): Promise<UserListBody> {
    const page = { number: query.page ?? 1, size: query.c_resp_page_size ?? DEFAULT_PAGE_SIZE };
    return this.present.userList(page, await this.users.page(page));
  }

  @Get(':uid')
  @Roles({ level: 'manager' })
  @ApiOperation({ summary: 'One user' })
  @ApiOkResponse({ type: UserDetailBody })
  async get(@Param('uid') uid: string): Promise<UserDetailBody> {
    return this.present.userDetail(await this.users.get(uid));
  }
}
