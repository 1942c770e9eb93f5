import type { InjectedFault } from '../endpoint/injected-fault.js';
import type { AuthorizedCall } from './authorized-call.js';
import type { FaultEffect } from './fault-rule.js';
import { accessDeniedError } from './service-errors.js';

/** The fault that a rule's effect is on one call. */
export function injectedFault(effect: FaultEffect, call: AuthorizedCall): InjectedFault {
  switch (effect.kind) {
    case 'lostRequest':
      return { kind: 'drop' };
    case 'lostResponse':
      return { kind: 'drop', afterHandling: true };
    case 'accessDenied': {
      const [action] = call.iamActions;
      return {
        kind: 'error',
        ...accessDeniedError(call.service, {
          action: action?.action ?? `${call.service}:${call.operation}`,
          resource: action?.resources[0] ?? '*',
        }),
      };
    }
    default:
      return effect;
  }
}
