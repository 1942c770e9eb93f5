/** A task of a service, as its scheduler sees it. */
export interface PlacedTask {
  readonly taskArn: string;
  /** Whether its host is being drained. */
  readonly onDrainingHost: boolean;
  /** Availability Zone of its host. */
  readonly zone: string;
}

/** What a service's scheduler does next. */
export interface ServicePlan {
  /** Tasks to start. */
  readonly start: number;
  /** Tasks to stop. */
  readonly stop: readonly string[];
}

/**
 * Plans the scheduler's next step, with a minimum of 100 % healthy tasks. Pure.
 *
 * Tasks on draining hosts are replaced first, and stopped when as many run elsewhere as are wanted. Of too many, those go whose zone
 * has most; of equals the latest.
 *
 * @param tasks in the order they were started
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-draining.html
 */
export function planService(desired: number, tasks: readonly PlacedTask[]): ServicePlan {
  const staying = tasks.filter(({ onDrainingHost }) => !onDrainingHost);
  if (staying.length < desired) return { start: desired - staying.length, stop: [] };
  const draining = tasks.filter(({ onDrainingHost }) => onDrainingHost).map(({ taskArn }) => taskArn);
  return { start: 0, stop: [...draining, ...surplus(staying, staying.length - desired)] };
}

function surplus(tasks: readonly PlacedTask[], count: number): readonly string[] {
  const left = [...tasks];
  return Array.from({ length: count }, () => {
    const inZone = (zone: string) => left.filter((task) => task.zone === zone).length;
    const most = Math.max(...left.map(({ zone }) => inZone(zone)));
    const index = left.findLastIndex(({ zone }) => inZone(zone) === most);
    return left.splice(index, 1)[0]?.taskArn ?? '';
  });
}
