import { Injectable } from '@nestjs/common';

/** The one source of the time. Every instant in Gatehouse is a number of milliseconds since 1970 (UTC). */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
