import { Aspects } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Does something once, when the app is being synthesised and everything in it has been made. */
export function whenComplete(construct: IConstruct, act: () => void): void {
  let done = false;
  Aspects.of(construct).add({
    visit: (node) => {
      // An aspect visits every construct inside as well.
      if (node !== construct || done) return;
      done = true;
      act();
    },
  });
}
