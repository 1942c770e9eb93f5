import type { NetworkInterfaceLimit, NetworkInterfaceLimits } from './network-interface-limit.js';

/**
 * Sizes of each instance family, each with its network interfaces and, behind a slash, its `awsvpc` tasks with trunking.
 *
 * Two sources of Amazon Web Services, merged:
 *
 * - Interfaces: `pkg/aws/vpc/limits.go` of the VPC resource controller, generated from EC2 on 2026-03-20, every network card counted.
 * - Tasks with trunking: "Supported Amazon EC2 instance types" of the Amazon ECS developer guide, `container-instance-eni.md`, as last
 *   published in its repository, 2023-04-18. A type that is not listed there has no number here, though it may know trunking by now.
 *
 * The guide also lists tasks without trunking: for 420 of the 430 types that both have, one less than the interfaces. For the other ten
 * (`c6in`, `m6in`, `m6idn`, `r6in`, `r6idn`, each 32xlarge and metal) the guide's lesser number counts here, as it does for the four types
 * that it alone lists. Its numbers for `i4i` with trunking are left out: one of them is -2.
 *
 * @see https://github.com/aws/amazon-vpc-resource-controller-k8s/blob/58c8559/pkg/aws/vpc/limits.go
 * @see https://github.com/awsdocs/amazon-ecs-developer-guide/blob/a35b767/doc_source/container-instance-eni.md
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/eni-trunking-supported-instance-types.html
 */
const SIZES_OF_FAMILY: Readonly<Record<string, string>> = {
  a1: 'medium:2/10 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 metal:8',
  c1: 'medium:2 xlarge:4',
  c3: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8',
  c4: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8',
  c5: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 9xlarge:8/60 12xlarge:8/60 18xlarge:15/120 24xlarge:15/120 metal:15',
  c5a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  c5ad: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  c5d: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 9xlarge:8/60 12xlarge:8/60 18xlarge:15/120 24xlarge:15/120 metal:15',
  c5n: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 9xlarge:8 18xlarge:15 metal:15',
  c6a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 48xlarge:15/120 metal:15/120',
  c6g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  c6gd: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  c6gn: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120',
  c6i: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  c6id: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  c6in: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:14/120 metal:14/120',
  c7a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 32xlarge:15 48xlarge:15 metal-48xl:15',
  c7g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  c7gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 metal:15',
  c7gn: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 metal:15',
  c7i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  'c7i-flex': 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15',
  c8a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 48xlarge:24 metal-24xl:16 metal-48xl:24',
  c8g: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  c8gb: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  c8gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  c8gn: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  c8i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  'c8i-flex': 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16',
  c8id: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  d2: 'xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8',
  d3: 'xlarge:4 2xlarge:4 4xlarge:4 8xlarge:3',
  d3en: 'xlarge:4 2xlarge:4 4xlarge:4 6xlarge:4 8xlarge:4 12xlarge:3',
  dl1: '24xlarge:60/120',
  dl2q: '24xlarge:15',
  f1: '2xlarge:4 4xlarge:8 16xlarge:8',
  f2: '6xlarge:8 12xlarge:8 48xlarge:15',
  g4ad: 'xlarge:2/12 2xlarge:2/12 4xlarge:3/12 8xlarge:4/12 16xlarge:8/12',
  g4dn: 'xlarge:3 2xlarge:3 4xlarge:3 8xlarge:4 12xlarge:8 16xlarge:4 metal:15',
  g5: 'xlarge:4/6 2xlarge:4/19 4xlarge:8/40 8xlarge:8/90 12xlarge:15/120 16xlarge:8/120 24xlarge:15/120 48xlarge:7/120',
  g5g: 'xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 16xlarge:15/120 metal:15/120',
  g6: 'xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15',
  g6e: 'xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:10 16xlarge:15 24xlarge:20 48xlarge:40',
  g6f: 'large:2 xlarge:4 2xlarge:4 4xlarge:8',
  g7e: '2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:10 24xlarge:20 48xlarge:40',
  gr6: '4xlarge:8 8xlarge:8',
  gr6f: '4xlarge:8',
  h1: '2xlarge:4 4xlarge:8 8xlarge:8 16xlarge:8',
  hpc6a: '48xlarge:2/120',
  hpc6id: '32xlarge:2/120',
  i2: 'xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8',
  i3: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 16xlarge:15 metal:15',
  i3en: 'large:3 xlarge:4 2xlarge:4 3xlarge:4 6xlarge:8 12xlarge:8 24xlarge:15 metal:15',
  i4g: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 16xlarge:15',
  i4i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 32xlarge:15 metal:15',
  i7i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  i7ie: 'large:3 xlarge:4 2xlarge:4 3xlarge:4 6xlarge:8 12xlarge:8 18xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  i8g: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  i8ge: 'large:3 xlarge:4 2xlarge:4 3xlarge:6 6xlarge:10 12xlarge:12 18xlarge:16 24xlarge:16 48xlarge:24 metal-24xl:16 metal-48xl:24',
  im4gn: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 16xlarge:15/120',
  inf1: 'xlarge:4 2xlarge:4 6xlarge:8 24xlarge:11',
  inf2: 'xlarge:4/20 8xlarge:8/90 24xlarge:15/120 48xlarge:15/120',
  is4gen: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60',
  m1: 'small:2 medium:2 large:3 xlarge:4',
  m2: 'xlarge:4 2xlarge:4 4xlarge:8',
  m3: 'medium:2 large:3 xlarge:4 2xlarge:4',
  m4: 'large:2 xlarge:4 2xlarge:4 4xlarge:8 10xlarge:8 16xlarge:8',
  m5: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120 metal:15',
  m5a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  m5ad: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  m5d: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120 metal:15/120',
  m5dn: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 metal:15',
  m5n: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15 metal:15',
  m5zn: 'large:3/14 xlarge:4/31 2xlarge:4/64 3xlarge:8/98 6xlarge:8/120 12xlarge:15 metal:15',
  m6a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 48xlarge:15/120 metal:15/120',
  m6g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  m6gd: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  m6i: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  m6id: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  m6idn:
    'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:14/120 metal:14/120',
  m6in: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:14/120 metal:14/120',
  m7a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 32xlarge:15 48xlarge:15 metal-48xl:15',
  m7g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  m7gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 metal:15',
  m7i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  'm7i-flex': 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15',
  m8a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 48xlarge:24 metal-24xl:16 metal-48xl:24',
  m8azn: 'medium:3 large:4 xlarge:4 3xlarge:8 6xlarge:8 12xlarge:16 24xlarge:16 metal-12xl:16 metal-24xl:16',
  m8g: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  m8gb: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  m8gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  m8gn: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  m8i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  'm8i-flex': 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16',
  m8id: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  mac1: 'metal:8',
  mac2: 'metal:8/12',
  'mac2-m1ultra': 'metal:8',
  'mac2-m2': 'metal:8',
  'mac2-m2pro': 'metal:8',
  'mac-m4': 'metal:8',
  'mac-m4max': 'metal:8',
  'mac-m4pro': 'metal:8',
  p3: '2xlarge:4/40 8xlarge:8/60 16xlarge:8/120',
  p3dn: '24xlarge:15',
  p4d: '24xlarge:60/120',
  p4de: '24xlarge:60/120',
  p5: '4xlarge:4 48xlarge:64',
  p5e: '48xlarge:64',
  p5en: '48xlarge:64',
  'p6-b200': '48xlarge:32',
  'p6-b300': '48xlarge:68',
  r3: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8',
  r4: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 16xlarge:15',
  r5: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120 metal:15',
  r5a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  r5ad: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120',
  r5b: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15/120 24xlarge:15 metal:15',
  r5d: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 24xlarge:15/120 metal:15',
  r5dn: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15/120 24xlarge:15 metal:15',
  r5n: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 metal:15',
  r6a: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 48xlarge:15/120 metal:15/120',
  r6g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  r6gd: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  r6i: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  r6id: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  r6idn:
    'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:14/120 metal:14/120',
  r6in: 'large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/90 12xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:14/120 metal:14/120',
  r7a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 32xlarge:15 48xlarge:15 metal-48xl:15',
  r7g: 'medium:2/4 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  r7gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 metal:15',
  r7i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  r7iz: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 32xlarge:15 metal-16xl:15 metal-32xl:15',
  r8a: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 48xlarge:24 metal-24xl:16 metal-48xl:24',
  r8g: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  r8gb: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  r8gd: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  r8gn: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:24 48xlarge:24',
  r8i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  'r8i-flex': 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16',
  r8id: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  t1: 'micro:2',
  t2: 'nano:2 micro:2 small:3 medium:3 large:3 xlarge:3 2xlarge:3',
  t3: 'nano:2 micro:2 small:3 medium:3 large:3 xlarge:4 2xlarge:4',
  t3a: 'nano:2 micro:2 small:2 medium:3 large:3 xlarge:4 2xlarge:4',
  t4g: 'nano:2 micro:2 small:3 medium:3 large:3 xlarge:4 2xlarge:4',
  trn1: '2xlarge:4/19 32xlarge:40/120',
  trn1n: '32xlarge:80/242',
  'u7i-12tb': '224xlarge:15',
  'u7i-6tb': '112xlarge:15',
  'u7i-8tb': '112xlarge:15',
  'u7in-16tb': '224xlarge:16',
  'u7in-24tb': '224xlarge:16',
  'u7in-32tb': '224xlarge:16',
  'u-3tb1': '56xlarge:8/12',
  'u-6tb1': '56xlarge:15/12 112xlarge:15',
  'u-18tb1': 'metal:15/12',
  'u-24tb1': 'metal:15/12',
  vt1: '3xlarge:4/40 6xlarge:8/60 24xlarge:15/120',
  x1: '16xlarge:8 32xlarge:8',
  x1e: 'xlarge:3 2xlarge:4 4xlarge:4 8xlarge:4 16xlarge:8 32xlarge:8',
  x2gd: 'medium:2/10 large:3/10 xlarge:4/20 2xlarge:4/40 4xlarge:8/60 8xlarge:8/60 12xlarge:8/60 16xlarge:15/120 metal:15/120',
  x2idn: '16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  x2iedn: 'xlarge:4/13 2xlarge:4/29 4xlarge:8/60 8xlarge:8/120 16xlarge:15/120 24xlarge:15/120 32xlarge:15/120 metal:15/120',
  x2iezn: '2xlarge:4/64 4xlarge:8/120 6xlarge:8/120 8xlarge:8/120 12xlarge:15/120 metal:15/120',
  x8aedz: 'large:4 xlarge:4 3xlarge:8 6xlarge:8 12xlarge:16 24xlarge:16 metal-12xl:16 metal-24xl:16',
  x8g: 'medium:2 large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:8 12xlarge:8 16xlarge:15 24xlarge:15 48xlarge:15 metal-24xl:15 metal-48xl:15',
  x8i: 'large:3 xlarge:4 2xlarge:4 4xlarge:8 8xlarge:10 12xlarge:12 16xlarge:16 24xlarge:16 32xlarge:24 48xlarge:24 64xlarge:24 96xlarge:24 metal-48xl:24 metal-96xl:24',
  z1d: 'large:3 xlarge:4 2xlarge:4 3xlarge:8 6xlarge:8 12xlarge:15 metal:15',
};

/**
 * Network interfaces of EC2 instance types, as Amazon Web Services had published them by 2026-03-20; tasks with trunking by 2023-04-18.
 *
 * Give it to `exactCapacity` as `networkInterfaceLimits`; spread it into a record of your own to add a type or to correct one.
 */
export const EC2_NETWORK_INTERFACE_LIMITS: NetworkInterfaceLimits = Object.freeze(
  Object.fromEntries(Object.entries(SIZES_OF_FAMILY).flatMap(([family, sizes]) => sizes.split(' ').map((size) => limitOf(family, size)))),
);

/** The limits of an EC2 instance type such as `c5.large`; `undefined` where they are not known. */
export function ec2NetworkInterfaceLimit(instanceType: string): NetworkInterfaceLimit | undefined {
  return Object.hasOwn(EC2_NETWORK_INTERFACE_LIMITS, instanceType) ? EC2_NETWORK_INTERFACE_LIMITS[instanceType] : undefined;
}

function limitOf(family: string, entry: string): readonly [instanceType: string, limit: NetworkInterfaceLimit] {
  const [size = '', limits = ''] = entry.split(':');
  const [interfaces, trunkedTasks] = limits.split('/').map(Number);
  return [`${family}.${size}`, { interfaces: interfaces ?? 0, ...(trunkedTasks === undefined ? {} : { trunkedTasks }) }];
}
