import { arnOf } from '../template/place.ts';
import { describes, type Descriptions, type Inputs, NoMembers } from './description.ts';

const TRAIL = 'everything';
const trailArn = ({ place }: Pick<Inputs, 'place'>): string =>
  arnOf(place, 'cloudtrail', `trail/${TRAIL}`);

/** One trail, which records every read and write of tables and objects. */
export const trailDescriptions: Descriptions = {
  DescribeTrails: describes(NoMembers, {
    reply: ({ place }) => ({
      trailList: [{ Name: TRAIL, TrailARN: trailArn({ place }), HomeRegion: place.region }],
    }),
  }),
  GetTrailStatus: describes(NoMembers, {
    resource: trailArn,
    reply: () => ({ IsLogging: true }),
  }),
  GetEventSelectors: describes(NoMembers, {
    resource: trailArn,
    reply: (inputs) => ({
      TrailARN: trailArn(inputs),
      AdvancedEventSelectors: ['AWS::DynamoDB::Table', 'AWS::S3::Object'].map((type) => ({
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: [type] },
        ],
      })),
    }),
  }),
};
