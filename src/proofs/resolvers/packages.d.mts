export const debianPackages: readonly string[]
