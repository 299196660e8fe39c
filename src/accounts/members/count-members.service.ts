import { Injectable } from '@nestjs/common';
import { normaliseIdentifier } from '../../common/identifier.js';
import { ReportReader, Reader } from '../../database/db.js';
import type { UserType } from '../../common/levels.js';
import { UsersRepository } from '../../users/users.repository.js';

/** Counts users of one type, in whatever state they are. */
@Injectable()
export class CountMembers {
  constructor(
    private readonly records: UsersRepository,
    private readonly reader: Reader,
    private readonly reports: ReportReader,
  ) {}

  all(type: UserType): Promise<number> {
    return this.records.countOfType(this.reports, type);
  }

  /** 1 when a user of this type has exactly this e-mail address or phone number, else 0. */
  async named(type: UserType, emailOrPhone: string): Promise<0 | 1> {
    const user = await this.records.findByIdentifier(this.reader, emailOrPhone);
    const isNamed =
      user?.type === type &&
      [user.email, user.phone].some(
        (own) => own !== null && normaliseIdentifier(own) === normaliseIdentifier(emailOrPhone),
      );
    return isNamed ? 1 : 0;
  }
}
