import { ApiProperty } from '@nestjs/swagger';
import { LEVELS, type Level } from '../../../common/levels.js';
import { PERMISSIONS, type Permission } from '../../../common/permissions.js';
import { PageView } from '../../../http/paging/page.view.js';
import type { Role } from '../../../roles/role.js';

/** What an administrator may be. */
export class RoleView {
  @ApiProperty({ format: 'uuid', description: 'The role’s id' })
  id: string;

  @ApiProperty({ maxLength: 150, description: 'What it is called' })
  name: string;

  @ApiProperty({ description: 'True for the three that stand for levels; nobody changes these' })
  isBuiltIn: boolean;

  @ApiProperty({ enum: LEVELS, description: 'The level that it gives; `member` for every free role' })
  level: Level;

  @ApiProperty({ type: [String], enum: PERMISSIONS, description: 'What it allows' })
  permissions: Permission[];
}

/** One page of roles. */
export class RolePageView extends PageView {
  @ApiProperty({ type: [RoleView], description: 'The built-in ones first, then in order of creation' })
  items: RoleView[];
}

export function toRoleView({ id, name, isBuiltIn, level, permissions }: Role): RoleView {
  return { id, name, isBuiltIn, level, permissions: [...permissions] };
}
