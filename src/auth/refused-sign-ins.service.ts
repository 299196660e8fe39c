import { Injectable } from '@nestjs/common';
import { RateLimited } from '../common/errors.js';
import { WrongFactorCode } from '../factors/factors.errors.js';
import { Figures } from '../figures/figures.service.js';
import { WrongCredentials } from './auth.errors.js';

const REFUSALS = [WrongCredentials, WrongFactorCode, RateLimited];

/** Counts sign-ins that are refused for what was shown, or for how often. */
@Injectable()
export class RefusedSignIns {
  constructor(private readonly figures: Figures) {}

  /** The outcome of a sign-in, counted where it is a refusal. */
  async counted<T>(signIn: Promise<T>): Promise<T> {
    try {
      return await signIn;
    } catch (error) {
      if (REFUSALS.some((refusal) => error instanceof refusal)) this.figures.note('failedSignIns');
      throw error;
    }
  }
}
