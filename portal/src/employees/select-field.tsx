import type { UseFormRegisterReturn } from 'react-hook-form';

export function SelectField({
  field,
  label,
  options,
}: {
  field: UseFormRegisterReturn;
  label: string;
  options: { value: string; text: string }[];
}) {
  const id = `field-${field.name}`;
  return (
    <div className="usa-form-group pa-field">
      <label className="usa-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} className="usa-select" {...field}>
        {options.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
