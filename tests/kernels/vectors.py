"""Vectors, matrices, quaternions and transforms."""

import warp as wp


@wp.kernel
def integrate(positions: wp.array[wp.vec3], velocities: wp.array[wp.vec3], dt: float):
    i = wp.tid()
    positions[i] = positions[i] + velocities[i] * dt


@wp.kernel
def directions(points: wp.array[wp.vec2], center: wp.vec2, out: wp.array[wp.vec2]):
    i = wp.tid()
    offset = points[i] - center
    out[i] = offset / (wp.length(offset) + 1.0)


@wp.kernel
def components(values: wp.array[wp.vec4], out: wp.array[wp.vec4]):
    i = wp.tid()
    v = values[i]
    v[0] = v[1] * v.z
    v.w += 1.0
    out[i] = v


@wp.kernel
def transform_by_matrix(m: wp.array[wp.mat33], points: wp.array[wp.vec3], out: wp.array[wp.vec3]):
    i = wp.tid()
    out[i] = wp.transpose(m[i]) @ points[i] * wp.determinant(m[i])


@wp.kernel
def build_matrix(angles: wp.array[float], out: wp.array[wp.mat22]):
    i = wp.tid()
    c = wp.cos(angles[i])
    s = wp.sin(angles[i])
    out[i] = wp.mat22(c, -s, s, c)


@wp.kernel
def rigid_motion(poses: wp.array[wp.transform], points: wp.array[wp.vec3], out: wp.array[wp.vec3]):
    i = wp.tid()
    pose = poses[i]
    turned = wp.quat_rotate(wp.transform_get_rotation(pose), points[i])
    out[i] = turned + wp.transform_get_translation(pose)
