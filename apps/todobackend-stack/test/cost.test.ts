import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { PRODUCTION, SMALL } from '../src/configuration.js';
import type { StackConfiguration } from '../src/stack-configuration.js';
import { templateOf } from './helpers/synthesise.js';

const guide = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'deploying.md'), 'utf8');

/** Cells of the cost table: by name unit prices, and the quantity in the column of a preset. */
const rows = new Map(
  [...guide.matchAll(/^\| ([a-zA-Z ,-]+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, name = '', ...cells]) => [name, cells] as const),
);
const quantity = (name: string, column: 1 | 2) => Number.parseFloat(rows.get(name)?.[column]?.replaceAll(',', '') ?? '');

const count = (template: Template, type: string) => Object.keys(template.findResources(type)).length;

/** Metrics that the capacity function publishes: six of the cluster and two of each size. */
const METRICS = 6 + 2 * 2;

describe.each<[string, 1 | 2, StackConfiguration]>([
  ['small', 1, SMALL],
  ['production', 2, PRODUCTION],
])('what %s costs', (preset, column, configuration) => {
  const template = templateOf(configuration);

  test('counts what is in the template', () => {
    const { hosts, natGateways, zones, database } = configuration;
    expect({
      'NAT gateways': quantity('NAT gateways', column),
      'load balancers': quantity('load balancers', column),
      'hosts, at least': quantity('hosts, at least', column),
      'their disks, GiB': quantity('their disks, GiB', column),
      'database instances': quantity('database instances', column),
      'their storage, GiB': quantity('their storage, GiB', column),
      alarms: quantity('alarms', column),
      dashboards: quantity('dashboards', column),
      'custom metrics': quantity('custom metrics', column),
      'public addresses': quantity('public addresses', column),
    }).toEqual({
      'NAT gateways': count(template, 'AWS::EC2::NatGateway'),
      'load balancers': count(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
      'hosts, at least': hosts.minimum,
      'their disks, GiB': hosts.minimum * 30,
      'database instances': count(template, 'AWS::RDS::DBInstance'),
      'their storage, GiB': database.storageGiB,
      alarms: count(template, 'AWS::CloudWatch::Alarm'),
      dashboards: count(template, 'AWS::CloudWatch::Dashboard'),
      'custom metrics': METRICS,
      'public addresses': natGateways + zones,
    });
    expect(rows.get('database instances')?.[column]).toContain(`db.${database.instanceType}`);
    expect(rows.get('hosts, at least')?.[0]).toContain(hosts.instanceType);
  });

  test('adds up to what the formula begins with', () => {
    const sum = [...rows.values()].reduce((total, [price = '', ...quantities]) => {
      const amount = Number.parseFloat(quantities[column - 1]?.replaceAll(',', '') ?? '');
      // Of two prices the second is of production.
      const prices = [...price.matchAll(/\d+\.\d+/g)].map(([text]) => Number(text));
      const unit = prices[column - 1] ?? prices[0];
      return Number.isNaN(amount) || unit === undefined ? total : total + amount * unit;
    }, 0);
    expect(guide).toContain(`**${preset}: ${sum.toFixed(2)} + `);
  });
});
